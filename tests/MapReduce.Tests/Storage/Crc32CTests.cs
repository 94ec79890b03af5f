using System.Text;
using FsCheck.Xunit;
using MapReduce.Storage;

namespace MapReduce.Tests.Storage;

public class Crc32CTests
{
    [Fact]
    public void Compute_CheckVector_IsThatOfTheStandard() =>
        Assert.Equal(0xE3069283u, Crc32C.Compute(Encoding.ASCII.GetBytes("123456789")));

    [Fact]
    public void Compute_ThirtyTwoZeros_IsThatOfTheStandard() =>
        Assert.Equal(0x8A9136AAu, Crc32C.Compute(new byte[32]));

    [Property]
    public bool Compute_InTwoPieces_IsThatOfTheWhole(byte[] first, byte[] second) =>
        Crc32C.Compute(second, Crc32C.Compute(first)) == Crc32C.Compute([.. first, .. second]);
}
