using System.Globalization;
using MapReduce.Protocol;

namespace MapReduce.MasterService.Redis;

/// <summary>The short names of stages and tasks in keys and scripts: <c>0m</c>, <c>0m12</c>.</summary>
internal static class TaskNames
{
    public static string Stage(int step, TaskKind kind) =>
        string.Create(CultureInfo.InvariantCulture, $"{step}{kind switch { TaskKind.Sample => 's', TaskKind.Map => 'm', _ => 'r' }}");

    public static string Task(TaskId task) =>
        string.Create(CultureInfo.InvariantCulture, $"{task.Step}{task.Kind switch { TaskKind.Sample => 's', TaskKind.Map => 'm', _ => 'r' }}{task.Index}");

    /// <summary>The task of a name that a script returned.</summary>
    public static TaskId Parse(ReadOnlySpan<char> name)
    {
        var at = name.IndexOfAny("smr");
        return new TaskId(int.Parse(name[..at], CultureInfo.InvariantCulture), Kind(name[at]), int.Parse(name[(at + 1)..], CultureInfo.InvariantCulture));
    }

    public static TaskKind Kind(char letter) => letter switch { 's' => TaskKind.Sample, 'm' => TaskKind.Map, _ => TaskKind.Reduce };
}
