using System.Reflection;
using MapReduce;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Docs;

/// <summary>Compiles snippets as a project with implicit usings would.</summary>
internal static class SnippetCompiler
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using MapReduce;
        """;

    // Where the program leaves its plan for the test.
    private const string Holder = "public static class Holder { public static MapReduce.JobPlan? Plan; }";

    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14);

    private static readonly IReadOnlyList<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>The errors and warnings of a snippet, none when it compiles.</summary>
    public static IReadOnlyList<string> Problems(string code) =>
        [.. Compile(code).GetDiagnostics().Where(problem => problem.Severity >= DiagnosticSeverity.Warning && problem.Id is not "CS8019").Select(problem => problem.ToString())];

    /// <summary>The plan of a snippet: its variable <c>plan</c>.</summary>
    public static JobPlan Plan(string code)
    {
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(code, Language).GetRoot();
        code = code.Insert(root.Members.OfType<GlobalStatementSyntax>().Last().Span.End, " Holder.Plan = plan;");
        using var image = new MemoryStream();
        var emitted = Compile(code).Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        var assembly = Assembly.Load(image.ToArray());
        assembly.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        return (JobPlan)assembly.GetType("Holder")!.GetField("Plan")!.GetValue(null)!;
    }

    private static CSharpCompilation Compile(string code)
    {
        var isProgram = ((CompilationUnitSyntax)Parse(code).GetRoot()).Members.OfType<GlobalStatementSyntax>().Any();
        var options = new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create($"Snippet-{Guid.NewGuid():N}", [Parse(Usings), Parse(Holder), Parse(code)], References, options);
    }

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, Language);
}
