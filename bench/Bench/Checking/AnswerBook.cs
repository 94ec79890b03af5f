namespace Bench.Checking;

/// <summary>The right answer to each task, from a referee that is not measured; every run is held against it.</summary>
internal sealed class AnswerBook
{
    private readonly Dictionary<string, string> _answers = [];

    /// <summary>Has the referee answer the task, unless it did before.</summary>
    public void Settle(AnswerSheet sheet)
    {
        if (_answers.ContainsKey(sheet.Task)) return;
        Progress.Say($"finding the right answer: {sheet.Task}");
        _answers[sheet.Task] = sheet.Referee();
    }

    /// <exception cref="BenchException">The answer is not the referee's.</exception>
    public void Check(AnswerSheet sheet, string who, string answer)
    {
        if (_answers[sheet.Task] == answer) return;
        throw new BenchException($"{who}: wrong output for {sheet.Task}\n  expected {_answers[sheet.Task]}\n  found    {answer}");
    }
}

/// <summary>A task with one right answer.</summary>
/// <param name="Task">Names the task and its input.</param>
/// <param name="Referee">Finds the right answer without the program that is measured.</param>
/// <param name="Read">Reads the answer out of the files of an output.</param>
internal sealed record AnswerSheet(string Task, Func<string> Referee, Func<IReadOnlyList<string>, string> Read);
