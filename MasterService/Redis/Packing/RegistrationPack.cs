using MapReduce.Protocol;

namespace MapReduce.MasterService.Redis.Packing;

/// <summary>A worker as it announced itself.</summary>
internal static class RegistrationPack
{
    public static byte[] Write(WorkerRegistration worker) =>
        new PackWriter().Text(worker.Id).Integer(worker.Slots).Text(worker.Address).Text(worker.WorkDirectory).ToArray();

    public static WorkerRegistration Read(byte[] packed)
    {
        var reader = new PackReader(packed);
        return new WorkerRegistration(reader.Text(), reader.Int32(), reader.TextOrNull(), reader.TextOrNull());
    }
}
