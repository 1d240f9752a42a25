using Laminar.Testing;

namespace Laminar.Generators.Tests.Pipelines;

/// <summary>A [StreamPipeline] compiled and run in a folder of its own, which the script calls <c>${DIR}</c>.</summary>
internal sealed class PipelineRun : IDisposable
{
    private readonly UserAssembly _code;

    public PipelineRun(string script) => _code = Project(script).Load();

    public string Folder { get; } = Directory.CreateTempSubdirectory("laminar-pipeline-").FullName;

    /// <param name="script">The pipeline's SQL.</param>
    public static UserProject Project(string script) => new(
        "using Laminar;\n\nnamespace N;\n\n[StreamPipeline(\"\"\"\n" + script + "\n\"\"\")]\npublic static partial class P;\n");

    /// <summary>Writes an input file; one line each.</summary>
    public void Write(string name, IEnumerable<string> lines) => File.WriteAllLines(Path.Combine(Folder, name), lines);

    /// <summary>Runs to the end of the input.</summary>
    public Task RunAsync(Action<LaminarOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var options = new LaminarOptions { PinThreads = false };
        options.Variables["DIR"] = Folder;
        configure?.Invoke(options);
        return _code.Call<Task>("N.P", "RunAsync", options, cancellationToken);
    }

    /// <summary>The lines of an output file, sorted.</summary>
    public string[] Lines(string name) => [.. File.ReadAllLines(Path.Combine(Folder, name)).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        _code.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
