namespace Architecture.Folders;

/// <summary>One folder of the library uses another.</summary>
/// <param name="From">The folder that uses.</param>
/// <param name="To">The folder that is used.</param>
/// <param name="User">The type or file that uses.</param>
/// <param name="Used">The type that is used; null when only the folder is known.</param>
internal sealed record FolderArrow(string From, string To, string User, string? Used);

/// <summary>The arrows between the library's folders as the compiled code has them.</summary>
internal static class FolderArrows
{
    public static IEnumerable<FolderArrow> Found() =>
        from type in Repository.Library.GetTypes()
        let @from = Folder(type)
        where @from is not null
        from used in TypeUses.Of(type)
        where used.Assembly == Repository.Library
        let to = Folder(used)
        where to is not null && to != @from
        select new FolderArrow(@from, to, type.Name, used.Name);

    /// <summary>A namespace for each folder, those within it counting as one; the user's own, MapReduce, is the folder Programming. Null for what the compiler adds.</summary>
    public static string? Folder(Type type) => type.Namespace switch
    {
        "MapReduce" => "Programming",
        { } name when name.StartsWith("MapReduce.", StringComparison.Ordinal) => name.Split('.')[1],
        _ => null,
    };
}
