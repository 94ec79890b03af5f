using System.Reflection;
using MapReduce;

namespace Cli.Tests.Support;

/// <summary>Two jobs that do nothing.</summary>
internal static class TestJobs
{
    public enum Case { Keep, Lower }

    public sealed record Options([Option("Letter case.")] Case Case = Case.Keep, [Option("At least so long.", Min = 1, Max = 99)] int MinLength = 1);

    public sealed record Pattern([Option("What to look for.")] string Text);

    public sealed class WordCount : IMapReduceJob<Options>
    {
        public JobPlan Plan(Options options) => EmptyPlan();
    }

    public sealed class Grep : IMapReduceJob<Pattern>
    {
        public JobPlan Plan(Pattern options) => options.Text == "bug" ? throw new InvalidOperationException("boom") : EmptyPlan();
    }

    public static JobCatalog Catalog { get; } = new(
        JobDefinition.Create<WordCount, Options>("wordcount", "Counts words."),
        JobDefinition.Create<Grep, Pattern>("grep", "Finds lines."));

    // A plan without steps cannot be made by a user; the stand-in for the cluster never looks into it.
    private static JobPlan EmptyPlan()
    {
        var constructor = typeof(JobPlan).GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance).Single();
        return (JobPlan)constructor.Invoke([Array.CreateInstance(constructor.GetParameters()[0].ParameterType.GetGenericArguments()[0], 0)]);
    }
}
