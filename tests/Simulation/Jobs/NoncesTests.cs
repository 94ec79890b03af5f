using System.Text;
using MapReduce.Protocol;

namespace Simulation.Jobs;

public class NoncesTests
{
    private static readonly TaskId Map = new(0, TaskKind.Map, 1), Reduce = new(0, TaskKind.Reduce, 0);
    private static readonly byte[] Expected = Part(1, 2, 1, 2);

    [Fact]
    public void AreWhole_OtherAttempts_AreWhole() =>
        Assert.True(Nonces.AreWhole(Part(8, 9, 8, 9), Expected));

    [Fact]
    public void AreWhole_TwoAttemptsAtTheReduce_AreNot() =>
        Assert.False(Nonces.AreWhole(Part(1, 2, 8, 2), Expected));

    [Fact]
    public void AreWhole_TwoAttemptsAtOneMap_AreNot() =>
        Assert.False(Nonces.AreWhole(Part(1, 2, 1, 9), Expected));

    [Fact]
    public void AreWhole_LinesMissing_AreNot() =>
        Assert.False(Nonces.AreWhole(Expected[..(Expected.Length / 2)], Expected));

    // Two lines, each with the attempts at the reduce and at the map that it is of.
    private static byte[] Part(int reduce1, int map1, int reduce2, int map2) =>
        Encoding.UTF8.GetBytes($"a\t{Of(Reduce, reduce1)} {Of(Map, map1)}.1\nb\t{Of(Reduce, reduce2)} {Of(Map, map2)}.2\n");

    private static string Of(TaskId task, int random) => Nonces.Of(task, $"1.{random:x16}");
}
