using FsCheck;
using FsCheck.Fluent;
using MapReduce.Shuffle;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Shuffle;

public sealed class SegmentVerifierTests : IDisposable
{
    private const int Records = 3;

    private readonly TestWorkspace _test = new();
    private readonly byte[] _segment;

    public SegmentVerifierTests()
    {
        var run = _test.Write("run", [KeyValue.Of("a", "1"), KeyValue.Of("b"), KeyValue.Of("c", "22")]);
        _segment = File.ReadAllBytes(run.Path)[..(int)run.Segments[0].Length];
    }

    public void Dispose() => _test.Dispose();

    [Fact]
    public void IsWhole_PiecesOfAnySize_IsTrue() =>
        Prop.ForAll(Gen.Choose(1, 40).ToArbitrary(), size => Verify(_segment, size, Records)).QuickCheckThrowOnFailure();

    [Fact]
    public void IsWhole_AnyBitChanged_IsFalse()
    {
        for (var bit = 0; bit < _segment.Length * 8; bit++)
        {
            var changed = _segment.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Verify(changed, changed.Length, Records), $"bit {bit}");
        }
    }

    [Fact]
    public void IsWhole_CutAnywhere_IsFalse() =>
        Assert.All(Enumerable.Range(0, _segment.Length), length => Assert.False(Verify(_segment[..length], _segment.Length, Records)));

    [Fact]
    public void IsWhole_OtherNumberOfRecords_IsFalse() => Assert.False(Verify(_segment, _segment.Length, Records + 1));

    private static bool Verify(byte[] bytes, int piece, long records)
    {
        var verifier = new SegmentVerifier(records);
        foreach (var part in bytes.Chunk(piece)) verifier.Add(part);
        return verifier.IsWhole;
    }
}
