using MapReduce.Protocol;

namespace MapReduce.MasterService.Redis.Packing;

/// <summary>How far an attempt has come; nothing stands for one that was granted and not heard of since.</summary>
internal static class ProgressPack
{
    public static byte[] Write(AttemptSnapshot progress) => new PackWriter()
        .Integer(BitConverter.DoubleToInt64Bits(progress.Fraction)).Integer(progress.Records).Text(progress.Phase).Text(progress.Status).ToArray();

    public static AttemptSnapshot Read(byte[] packed)
    {
        if (packed.Length == 0) return new AttemptSnapshot(0, 0, "granted");
        var reader = new PackReader(packed);
        return new AttemptSnapshot(BitConverter.Int64BitsToDouble(reader.Integer()), reader.Integer(), reader.TextOrNull()!, reader.TextOrNull());
    }
}
