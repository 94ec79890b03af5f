using MapReduce.Protocol;
using MapReduce.TestJobs;

namespace AppHost.Tests.Scenarios.Lab;

/// <summary>
/// The lab's crash check: in a third of all calls of user code the worker's process dies, in another third the call rests up
/// to ten seconds. The result is right all the same. What happens hangs on the seed alone, but for the order in which
/// workers come to the tasks.
/// </summary>
public sealed class CrashTests
{
    private const int Seed = 2, Tasks = 8, Keys = 4;

    [Fact]
    public async Task Workers_DieAtRandom_ResultIsRight()
    {
        await using var cluster = await TestCluster.StartAsync(slots: 1);
        var marks = cluster.NewFolder("marks");
        var input = cluster.WriteLines("crash", Enumerable.Range(0, Tasks).Select(Line));
        var options = new Dictionary<string, string> { ["marks"] = marks, ["seed"] = $"{Seed}" };

        var job = await cluster.RunAsync("crash", [input], options, spec => spec with
        {
            Reducers = Keys,
            MaxDeaths = 100,
            SplitSize = Line(0).Length + 1,
            Lease = TimeSpan.FromSeconds(3),
            JobTimeout = TimeSpan.FromMinutes(3),
        });

        Assert.Equal(Expected, job.Lines);
        Assert.True(new Marks(marks).Count("death") > 0, $"With seed {Seed} no worker died.");
    }

    private static IEnumerable<string> Expected => Enumerable.Range(0, Tasks).SelectMany(number => Line(number).Split(' '))
        .GroupBy(word => word).Select(word => $"{word.Key}\t{word.Count()}").Order(StringComparer.Ordinal);

    // Different lines, so that each throws its own dice, of few words.
    private static string Line(int number) => string.Join(' ', Enumerable.Range(0, 3).Select(bit => "abcd"[((number >> bit) & 1) + bit]));
}
