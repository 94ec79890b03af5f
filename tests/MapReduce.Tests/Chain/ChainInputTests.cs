using MapReduce.Chain;
using MapReduce.Input;
using MapReduce.Output;
using MapReduce.Serialization;
using MapReduce.Tests.Spill;

namespace MapReduce.Tests.Chain;

/// <summary>The file between two steps: what is written is read, and no damage goes unseen.</summary>
public sealed class ChainInputTests : IDisposable
{
    private const int Seed = 11;

    private readonly TestWorkspace _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public void Read_RecordsOfAllSizes_AreThoseWritten()
    {
        var random = new Random(Seed);
        var records = Enumerable.Range(0, 2000).Select(i => ($"{i}", Bytes(random, i % 500 == 7 ? 100_000 : random.Next(200)))).ToList();
        Write(records);
        Assert.Equal(records.Select(Show), Read(Path).Select(Show));
    }

    [Fact]
    public void Read_NoRecords_IsEmpty()
    {
        Write([]);
        Assert.Empty(Read(Path));
    }

    [Fact]
    public void Read_AnyBitFlipped_SaysThatItIsDamaged()
    {
        Write([("a", [1, 2, 3]), ("bc", []), ("", [4])]);
        var whole = File.ReadAllBytes(Path);
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var bytes = whole.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Contains("the step before wrote, is damaged at offset 0", Damage(bytes).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_CutAnywhere_SaysSo()
    {
        Write([.. Enumerable.Range(0, 3000).Select(i => ($"{i}", new byte[50]))]);
        var whole = File.ReadAllBytes(Path);
        // Between two blocks nothing but the length tells.
        foreach (var length in (int[])[0, 1, ChainBlock.Header, ChainBlock.Header + ChainBlock.PayloadOf(whole), whole.Length / 2, whole.Length - 1])
        {
            File.WriteAllBytes(Path, whole[..length]);
            Assert.Throws<InputException>(() => Read(Path, whole.Length));
        }
    }

    [Fact]
    public void Read_Sample_IsSpreadOverTheFile()
    {
        var random = new Random(Seed);
        Write([.. Enumerable.Range(0, 4000).Select(i => ($"{i}", Bytes(random, 1000)))]);
        var keys = Read(Path, sampled: 8 * ChainBlock.UsualSize).Select(record => int.Parse(record.Key)).ToList();
        // Eight blocks of about 65 records.
        Assert.InRange(keys.Count, 400, 560);
        Assert.Equal(keys.Distinct().Order(), keys);
        Assert.All(Enumerable.Range(0, 8), eighth => Assert.InRange(keys.Count(key => key / 500 == eighth), 1, 140));
    }

    private string Path => _test.Path(OutputNames.Records);

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Show((string Key, byte[] Value) record) => $"{record.Key} {Convert.ToHexString(record.Value)}";

    private void Write(List<(string Key, byte[] Value)> records)
    {
        var format = new ChainOutput<string, byte[]>(Codec.For<string>(), Codec.For<byte[]>());
        var part = format.Open(new OutputSink(OutputNames.Records, OutputCompression.None, name => _test.Workspace.Files.Create(_test.Path(name)), _test.Workspace), 0);
        foreach (var (key, value) in records) part.Write(key, value);
        Assert.Equal(records.Count, part.Complete()!.Records);
    }

    private InputException Damage(byte[] bytes)
    {
        File.WriteAllBytes(Path, bytes);
        return Assert.Throws<InputException>(() => Read(Path));
    }

    private List<(string Key, byte[] Value)> Read(string path, long? planned = null, long? sampled = null)
    {
        var found = new FileInfo(path);
        using var piece = new InputPiece(_test.Workspace.Files, new FileRange(path, 0, sampled ?? planned ?? found.Length, planned ?? found.Length, found.LastWriteTimeUtc.Ticks, IsWhole: true), isText: false, new LineBuffer(), _test.Workspace.Memory);
        using var reader = new ChainInput().Open(piece);
        var records = new List<(string, byte[])>();
        while (reader.Read() && piece.Holds(reader.Offset)) records.Add((Codec.For<string>().Decode(reader.Parse().Key), reader.Parse().Value.ToArray()));
        return records;
    }
}
