using MapReduce.MasterService.Http;
using MapReduce.Output;
using MapReduce.Protocol;

namespace MapReduce.MasterService.Leases;

/// <summary>What a worker's report must look like before anything is done with it.</summary>
internal static class ReportCheck
{
    /// <exception cref="RequestException">A file's name is none: the master renames what it is told of when the job commits.</exception>
    public static void Files(AttemptResult result)
    {
        Elements.AreThere("files", result.Files);
        foreach (var file in result.Files)
        {
            if (!FileOutputStore.IsFileName(file.Name))
                throw RequestException.Wrong($"The output file '{file.Name}' must have a plain name, without directories, that is none of the engine's own.");
            if (file.Length < 0) throw RequestException.Wrong($"The output file '{file.Name}' has {file.Length} bytes: use 0 or more.");
        }
    }
}
