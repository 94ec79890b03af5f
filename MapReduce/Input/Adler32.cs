namespace MapReduce.Input;

/// <summary>The checksum of zlib streams (RFC 1950): one more than the sum of the bytes, and the sum of those sums.</summary>
internal struct Adler32()
{
    private const uint Modulus = 65_521;

    // So many bytes of 255 can be summed up before the sum of sums could overflow.
    private const int MostAtOnce = 5_552;

    private uint _sum = 1, _sumOfSums;

    public readonly uint Value => (_sumOfSums << 16) | _sum;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var some = bytes[..Math.Min(bytes.Length, MostAtOnce)];
            bytes = bytes[some.Length..];
            var (sum, sumOfSums) = (_sum, _sumOfSums);
            foreach (var value in some)
            {
                sum += value;
                sumOfSums += sum;
            }

            (_sum, _sumOfSums) = (sum % Modulus, sumOfSums % Modulus);
        }
    }
}
