using MapReduce.Protocol;

namespace MapReduce.Tests.Programming;

public sealed class JobDefinitionTests
{
    public enum Case { Keep, Lower }

    public sealed record Options(
        [Option("What to look for.")] string Pattern,
        [Option("How often.", Min = 1, Max = 10)] int Times = 3,
        Case Case = Case.Keep,
        bool Count = false,
        double? Share = null)
    {
        [Option("Set after construction.")]
        public long Limit { get; init; } = 7;
    }

    public sealed class Probe : IMapReduceJob<Options>
    {
        public static Options? Seen { get; set; }

        public JobPlan Plan(Options options)
        {
            Seen = options;
            if (options.Pattern == "refuse") throw new ArgumentException("a pattern cannot be 'refuse'");
            return new JobPlan([]);
        }
    }

    public sealed record MergeOptions([Option("A width.")] string Width, [Option("How often.", Min = 5)] int Times, Case Case, bool Count, double Share);

    public sealed class Merge : IMapReduceJob<MergeOptions>
    {
        public JobPlan Plan(MergeOptions options)
        {
            Assert.InRange(options.Times, decimal.Parse(options.Width) * 5, 10);
            return MapReduce.Job.ReadLines("old").Map(line => line.Words().Select(word => (word, 1L)))
                .Concat(MapReduce.Job.ReadLines("new").Map(line => line.Words().Select(word => (word, 1L))))
                .WriteText();
        }
    }

    public sealed class Refusing : IMapReduceJob<MergeOptions>
    {
        public JobPlan Plan(MergeOptions options) => throw new FileNotFoundException(options.Width);
    }

    private static readonly JobDefinition Job = JobDefinition.Create<Probe>("probe", "Probes.");

    [Fact]
    public void Options_OfRecord_AreInOrderOfDeclaration() =>
        Assert.Equal(["pattern", "times", "case", "count", "share", "limit"], Job.Options.Select(option => option.Name));

    [Fact]
    public void Options_WithDefaults_ShowThemAsWritten() =>
        Assert.Equal([null, "3", "keep", "false", null, "7"], Job.Options.Select(option => option.Default));

    [Fact]
    public void Options_WithTypes_SayWhatTheyAccept() =>
        Assert.Equal(
            ["any text", "a whole number from 1 to 10", "keep or lower", "true or false", "a number", "a whole number"],
            Job.Options.Select(option => option.Accepts));

    [Fact]
    public void Options_WithoutDefault_AreRequired() =>
        Assert.Equal("pattern", Assert.Single(Job.Options, option => option.IsRequired).Name);

    [Fact]
    public void InputNames_OptionsMustBeSet_AreThoseOfThePlan() =>
        Assert.Equal(["old", "new"], JobDefinition.Create<Merge>("merge", "Merges.").InputNames);

    [Fact]
    public void InputNames_JobRefusesWhatNobodyChose_AreUnknown() => Assert.Empty(JobDefinition.Create<Refusing>("refusing", "Refuses.").InputNames);

    [Fact]
    public void Parse_SomeSet_WritesAllWithDefaults() =>
        Assert.Equal("""{"pattern":"a\u0022b","times":4,"case":"lower","count":true,"limit":7}""", Job.Parse(Set("pattern=a\"b", "TIMES=4", "case=LOWER", "count=true")));

    [Fact]
    public void Parse_SeveralWrong_ReportsAllAtOnce()
    {
        var rejected = Assert.Throws<JobRejectedException>(() => Job.Parse(Set("patern=x", "times=11", "count=yes", "limit=1", "limit=2")));
        Assert.Equal(
            [
                "probe: unknown option 'patern'. Did you mean 'pattern'? Its options: pattern, times, case, count, share, limit.",
                "probe: option 'times' cannot be '11': it takes a whole number from 1 to 10.",
                "probe: option 'count' cannot be 'yes': it takes true or false.",
                "probe: option 'limit' is set twice, the second time to '2': set it once.",
                "probe: option 'pattern' must be set: it takes any text. Add --set pattern=...",
            ],
            rejected.Reasons);
    }

    [Fact]
    public void Parse_EnumByNumber_IsRejected() =>
        Assert.Contains("keep or lower", Assert.Throws<JobRejectedException>(() => Job.Parse(Set("pattern=x", "case=1"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Plan_OfParsedOptions_GivesTheJobTheValues()
    {
        Job.Plan(Job.Parse(Set("pattern=x", "case=lower", "share=0.5", "limit=9")));
        Assert.Equal(new Options("x", Case: Case.Lower, Share: 0.5) { Limit = 9 }, Probe.Seen);
    }

    [Fact]
    public void Plan_OptionsLeftOut_HaveTheirDefaults()
    {
        Job.Plan("""{"pattern":"x"}""");
        Assert.Equal(new Options("x"), Probe.Seen);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"pattern":1}""")]
    [InlineData("""{"pattern":"x","times":99}""")]
    [InlineData("""{"pattern":"x","other":1}""")]
    public void Plan_BadJson_IsRejected(string json) => Assert.Throws<JobRejectedException>(() => Job.Plan(json));

    [Fact]
    public void Plan_JobRefusesOptions_IsRejectedWithItsReason() =>
        Assert.Equal("probe: a pattern cannot be 'refuse'", Assert.Throws<JobRejectedException>(() => Job.Plan("""{"pattern":"refuse"}""")).Message);

    [Fact]
    public void Create_NameWithSpace_Throws() =>
        Assert.Throws<ArgumentException>(() => JobDefinition.Create<Probe>("two words", ""));

    [Fact]
    public void Suggest_Typo_FindsTheNearest() => Assert.Equal("probe", new JobCatalog(Job).Suggest("porbe"));

    [Fact]
    public void Suggest_NothingNear_IsNull() => Assert.Null(new JobCatalog(Job).Suggest("wordcount"));

    [Fact]
    public void Catalog_SameNameTwice_Throws() => Assert.Throws<ArgumentException>(() => new JobCatalog(Job, Job));

    private static IEnumerable<KeyValuePair<string, string>> Set(params string[] set) =>
        set.Select(text => text.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]));
}
