using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Simulation.Mutants;

/// <summary>The library's source, parsed once; each mutant exchanges a file or two and compiles it. Safe for concurrent use.</summary>
internal sealed class ProductSource
{
    public const string AssemblyName = "MapReduce.Core";

    private const string Project = "MapReduce";

    // What the SDK writes beside the sources of a project.
    private const string Prelude = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Simulation")]
        """;

    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14, DocumentationMode.None);

    private readonly string _root;
    private readonly Compilation _unchanged;

    public ProductSource()
    {
        _root = FindRoot();
        var folder = Path.Combine(_root, Project);
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
        var trees = files.Select(file => Parse(file, File.ReadAllText(file))).Append(Parse("Prelude.cs", Prelude));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Annotations)
            .WithOptimizationLevel(OptimizationLevel.Release);
        var written = CSharpCompilation.Create(AssemblyName, trees, References(), options);
        // A mutant that changed what generators read would need them to run again; none does.
        CSharpGeneratorDriver.Create(Generators(), parseOptions: Language).RunGeneratorsAndUpdateCompilation(written, out _unchanged, out _);
    }

    /// <summary>Compiles the library with a mutant's changes, and binds a simulation to it.</summary>
    /// <exception cref="InvalidOperationException">The changes do not fit the source, or what they make of it is no C#.</exception>
    public MutantContext Mutate(Mutant mutant) => new(Compile(mutant));

    private byte[] Compile(Mutant mutant)
    {
        var mutated = _unchanged;
        foreach (var change in mutant.Changes)
        {
            var path = Path.Combine(_root, change.File);
            var before = mutated.SyntaxTrees.SingleOrDefault(tree => tree.FilePath == path)
                ?? throw new InvalidOperationException($"There is no {change.File}: the mutant must follow the code.");
            mutated = mutated.ReplaceSyntaxTree(before, Parse(path, change.Apply(before.ToString())));
        }

        using var assembly = new MemoryStream();
        var result = mutated.Emit(assembly);
        return result.Success ? assembly.ToArray() : throw new InvalidOperationException(
            string.Join('\n', result.Diagnostics.Where(each => each.Severity == DiagnosticSeverity.Error)));
    }

    private static SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(SourceText.From(text), Language, path);

    // What this process runs with.
    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Select(path => MetadataReference.CreateFromFile(path));

    // Those of the SDK that the library uses. They come with the reference assemblies.
    private static IEnumerable<ISourceGenerator> Generators()
    {
        var dotnet = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        var pack = Directory.EnumerateDirectories(Path.Combine(dotnet, "packs", "Microsoft.NETCore.App.Ref"), $"{Environment.Version.Major}.*").Last();
        return ((string[])["System.Text.Json.SourceGeneration.dll", "Microsoft.Interop.LibraryImportGenerator.dll"])
            .Select(name => new AnalyzerFileReference(Path.Combine(pack, "analyzers", "dotnet", "cs", name), new Loader()))
            .SelectMany(file => file.GetGenerators(LanguageNames.CSharp));
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MapReduce.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"No MapReduce.sln in {AppContext.BaseDirectory} or above it: run the tests from a checkout.");
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
