namespace MapReduce.AppHost.Portable.Data;

/// <summary>The tokens of a cluster, by role. They stay the same as long as its data folder lives.</summary>
internal sealed record Tokens(string Submit, string Worker, string Read)
{
    public static Tokens Of(DataFolder data) => new(
        SecretFile.ReadOrCreate(data.SubmitToken),
        SecretFile.ReadOrCreate(data.Token("worker")),
        SecretFile.ReadOrCreate(data.Token("read")));
}
