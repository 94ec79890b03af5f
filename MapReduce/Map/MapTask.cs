using MapReduce.Input;
using MapReduce.Protocol;
using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>Reads a split and gives it to a mapper.</summary>
internal static class MapTask
{
    /// <exception cref="UserCodeException">The mapper failed; names the file and the line's offset.</exception>
    /// <exception cref="InputException">The input is not what it was when the job was planned.</exception>
    public static void Run<TKey, TValue>(IMapForm<TKey, TValue> form, InputSplit split, Emitter<TKey, TValue> output, TaskContext task, Workspace workspace)
        where TKey : allows ref struct
        where TValue : allows ref struct
    {
        workspace.Progress.Begin("read", split.Length);
        var body = UserCode.Call(() => form.Start(output, task), "The mapper's setup", workspace);
        var lines = new LineBuffer();
        foreach (var piece in split.Pieces)
        {
            task.InputPath = piece.Path;
            ReadPiece(body, piece, lines, workspace);
        }

        UserCode.Call(body.Finish, "The mapper's finish", workspace);
    }

    private static void ReadPiece(IMapBody body, FileRange piece, LineBuffer lineBuffer, Workspace workspace)
    {
        using var reader = new LineBlockReader(workspace.Files, piece, lineBuffer);
        long bytesBefore = 0;
        while (reader.Read() is { } block)
        {
            workspace.Progress.Enter("map");
            workspace.Cancellation.ThrowIfCancellationRequested();
            long lines;
            try
            {
                lines = body.Process(block);
            }
            catch (Exception error) when (UserCode.IsFault(error, workspace))
            {
                throw new UserCodeException($"The mapper failed on '{piece.Path}' at offset {block.Offset + body.Position}: {UserCode.Describe(error)}", error);
            }

            workspace.Counters.MapInputRecords += lines;
            workspace.Progress.Add(reader.BytesRead - bytesBefore, lines);
            bytesBefore = reader.BytesRead;
        }

        workspace.Counters.BytesRead += reader.BytesRead;
    }
}
