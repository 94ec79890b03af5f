namespace Bench;

/// <summary>Tells a person what goes on; standard output carries the report alone.</summary>
internal static class Progress
{
    public static void Say(string text) => Console.Error.WriteLine($"[bench] {text}");
}
