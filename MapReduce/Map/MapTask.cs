using MapReduce.Input;
using MapReduce.Spill;

namespace MapReduce.Map;

/// <summary>Reads a split and gives each of its pieces to the mapper of its source.</summary>
internal static class MapTask
{
    /// <exception cref="UserCodeException">A mapper failed; names the file and the record's offset.</exception>
    /// <exception cref="InputException">The input is not what it was when the job was planned, or not of its format.</exception>
    public static void Run<TKey, TValue>(IReadOnlyList<MapSource<TKey, TValue>> sources, InputSplit split, Emitter<TKey, TValue> output, TaskContext task, Workspace workspace)
        where TKey : allows ref struct
        where TValue : allows ref struct
    {
        workspace.Progress.Begin("read", split.Length);
        var bodies = new IMapBody?[sources.Count];
        var lines = new LineBuffer();
        BadRecords? bad = null;
        if (task.SkipsBadRecords)
        {
            task.Stage();
            bad = new BadRecords((IStage)output, task, workspace);
        }

        foreach (var range in split.Pieces)
        {
            var (shape, form) = sources[range.Source];
            if (!shape.IsSplittable && !InputContent.IsWhole(range))
                throw new InvalidOperationException($"'{range.Path}' was cut at {range.Offset} for a format that cannot be: the plan is of another job.");
            task.InputPath = range.Path;
            using var piece = new InputPiece(workspace.Files, range, shape.IsText, lines, workspace.Memory);
            if (bodies[range.Source] is not { } body)
            {
                bodies[range.Source] = body = UserCode.Call(() => form.Start(output, task), "The mapper's setup", workspace);
                // What it counted and wrote is of no record.
                bad?.Keep();
            }

            body.Map(piece, workspace, bad);
            workspace.Counters.BytesRead += piece.BytesRead;
        }

        foreach (var body in bodies)
            if (body is not null) UserCode.Call(body.Finish, "The mapper's finish", workspace);
        if (bad is not null) UserCode.Call(bad.End, "The mapper's finish", workspace);
    }
}
