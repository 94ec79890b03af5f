namespace Limit;

internal static class Program
{
    private static int Main(string[] args)
    {
        switch (args)
        {
            case ["wc", var output, var threads, .. var files] when files.Length > 0:
                WordCount.Run(output, int.Parse(threads), files);
                return 0;
            case ["plinq", var output, .. var files] when files.Length > 0:
                Naive.Plinq(output, files);
                return 0;
            default:
                Console.Error.WriteLine("""
                    limit wc OUT THREADS FILES...   word count, as fast as we know how in C#
                    limit plinq OUT FILES...        word count, as one would write it in PLINQ without a thought for speed
                    """);
                return 2;
        }
    }
}
