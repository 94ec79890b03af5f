using System.Text.Json;
using MapReduce.Protocol;
using MapReduce.Remote.Wire;

namespace MapReduce.Tests.Remote.Wire;

public sealed class SpecMessageTests
{
    [Fact]
    public void ToSpec_LeastThatIsRequired_HasDefaults()
    {
        var message = JsonSerializer.Deserialize(
            """{"spec":{"job":"wordcount","inputs":["/in"],"output":"/out","steps":[{"hasReduce":true,"isSampled":false,"folds":true}]}}""",
            WireJson.Default.SubmitMessage)!;
        var steps = message.Spec.Steps;
        var expected = new JobSpec { Job = "wordcount", Inputs = message.Spec.Inputs, Output = "/out", Steps = steps };
        Assert.Equal(expected, message.Spec.ToSpec());
    }

    [Fact]
    public void ToSpec_EverythingSet_RoundTrips()
    {
        var spec = new JobSpec
        {
            Job = "sort",
            Name = "nightly",
            Options = """{"a":1}""",
            Inputs = ["/a", "/b*"],
            Output = "/out",
            Overwrite = true,
            Reducers = 3,
            SplitSize = 1 << 20,
            MemoryPerSlot = 1 << 25,
            Slots = 7,
            Lease = TimeSpan.FromSeconds(3),
            MaxAttempts = 5,
            MaxDeaths = 6,
            TaskTimeout = TimeSpan.FromMinutes(2),
            JobTimeout = TimeSpan.FromDays(2),
            Priority = 99,
            InputShapes = [new InputShape(true, false, "orders"), new InputShape(false, true)],
            Steps = [new StepShape(true, true, false)],
        };
        var json = JsonSerializer.Serialize(SpecMessage.Of(spec), WireJson.Default.SpecMessage);
        var back = JsonSerializer.Deserialize(json, WireJson.Default.SpecMessage)!.ToSpec();
        // The lists are compared by themselves: records compare them by identity.
        Assert.Equal(spec.Inputs, back.Inputs);
        Assert.Equal(spec.Steps, back.Steps);
        Assert.Equal(spec.InputShapes, back.InputShapes);
        Assert.Equal(spec, back with { Inputs = spec.Inputs, InputShapes = spec.InputShapes, Steps = spec.Steps });
    }
}
