using FsCheck.Xunit;
using MapReduce.Streaming;

namespace MapReduce.Tests.Streaming;

public sealed class LineCodeTests
{
    [Property]
    public void TryDecode_Encoded_GivesTheBytesBack(byte[] bytes)
    {
        var field = Encode(bytes);
        var decoded = new byte[field.Length];
        Assert.Equal(bytes, decoded[..LineCode.TryDecode(field, decoded)]);
    }

    // Few different bytes, so that some keys begin with others.
    [Property(MaxTest = 1000)]
    public void Encode_FieldsThatEndWithTab_SortAsTheirBytes(byte[] left, byte[] right)
    {
        left = [.. left.Select(value => (byte)(value % 20))];
        right = [.. right.Select(value => (byte)(value % 20))];
        Assert.Equal(Compare(left, right), Compare([.. Encode(left), 9, 255], [.. Encode(right), 9, 255]));
    }

    [Property]
    public void Encode_AnyBytes_LeavesNoByteThatEndsAFieldOrALine(byte[] bytes) => Assert.DoesNotContain(Encode(bytes), value => value < 0x0E);

    [Theory]
    [InlineData("09")]
    [InlineData("410E")]
    [InlineData("0E1F")]
    [InlineData("0E2F")]
    public void TryDecode_Malformed_IsRefused(string hex) => Assert.Equal(-1, LineCode.TryDecode(Convert.FromHexString(hex), new byte[9]));

    private static int Compare(byte[] left, byte[] right) => Math.Sign(left.AsSpan().SequenceCompareTo(right));

    private static byte[] Encode(byte[] bytes)
    {
        var field = new byte[LineCode.MaxLength(bytes.Length)];
        return field[..LineCode.Encode(bytes, field)];
    }
}
