using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;

namespace Laminar.Analyzers.Tests;

/// <summary>Connector clauses against connectors that can do one thing only, compiled for the test.</summary>
public sealed class ConnectorTests
{
    private static readonly MetadataReference Connectors = Compile("""
        using Laminar;
        [assembly: LaminarConnector("reader", Source = typeof(Reader<>), SourceOptions = typeof(ReaderOptions))]
        [assembly: LaminarConnector("appender", AppendSink = typeof(Reader<>), SinkOptions = typeof(AppenderOptions))]
        public sealed class Reader<T>;
        public sealed class ReaderOptions { public required string Topic { get; set; } public int Port { get; set; } }
        public sealed class AppenderOptions { public bool Fast { get; set; } }
        """);

    [Test]
    public Task LAM5103_a_connector_that_can_not_read() => Script("""
        CREATE SOURCE s (a BIGINT) WITH (connector = {|LAM5103:'appender'|});
        CREATE SINK o WITH (connector = 'appender') AS SELECT a FROM s;
        """);

    [Test]
    public Task LAM5104_a_connector_that_can_not_write() => Script("""
        CREATE SOURCE s (a BIGINT) WITH (connector = 'reader', topic = 'x');
        CREATE SINK o WITH (connector = {|LAM5104:'reader'|}) AS SELECT a FROM s;
        """);

    [Test]
    public Task LAM5105_a_connector_that_can_not_take_updates() => Script("""
        CREATE SOURCE s (a BIGINT, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts) WITH (connector = 'reader', topic = 'x');
        CREATE SINK o WITH (connector = {|LAM5105:'appender'|}) AS SELECT a, COUNT(*) AS n FROM s GROUP BY a, TUMBLE(ts, INTERVAL '1' MINUTE) EMIT CHANGES;
        """);

    [Test]
    public Task LAM5109_a_required_option_is_missing() => Script("""
        CREATE SOURCE s (a BIGINT) WITH (connector = {|LAM5109:'reader'|}, port = 5);
        CREATE SINK o WITH (connector = 'appender') AS SELECT a FROM s;
        """);

    [Test]
    public Task LAM5108_a_value_of_a_wrong_type() => Script("""
        CREATE SOURCE s (a BIGINT) WITH (connector = 'reader', topic = 'x', port = {|LAM5108:'many'|});
        CREATE SINK o WITH (connector = 'appender', fast = {|LAM5108:5|}) AS SELECT a FROM s;
        """);

    [Test]
    public Task LAM5109_dead_letters_without_a_file() => Script("""
        CREATE SOURCE s (a BIGINT) WITH (connector = 'reader', topic = 'x', on_error = {|LAM5109:'dead_letter'|});
        CREATE SINK o WITH (connector = 'appender') AS SELECT a FROM s;
        """);

    [Test]
    public Task Several_queries_into_one_sink_have_columns_that_fit() => Script("""
        CREATE SOURCE s (a BIGINT, b VARCHAR) WITH (connector = 'reader', topic = 'x');
        CREATE SINK o (a BIGINT) WITH (connector = 'appender');
        INSERT INTO o SELECT a FROM s;
        INSERT INTO o {|LAM2028:SELECT b FROM s|};
        INSERT INTO o {|LAM2027:SELECT a, b FROM s|};
        INSERT INTO o ({|LAM2003:aa|}) SELECT a FROM s;
        CREATE SINK q WITH (connector = 'appender') AS SELECT a FROM s;
        INSERT INTO q SELECT CAST(a AS INT) AS other FROM s;
        """);

    [Test]
    public Task LAM5113_a_stream_that_only_an_unread_stream_reads_is_not_said_again() => Script("""
        CREATE SOURCE s (a BIGINT) WITH (connector = 'reader', topic = 'x');
        CREATE STREAM b AS SELECT a FROM s;
        CREATE STREAM {|LAM5113:c|} AS SELECT a FROM b;
        CREATE STREAM d AS SELECT a FROM s;
        CREATE SINK o FROM d INTO APPENDER ();
        CREATE SINK p2 WITH (connector = 'appender') AS SELECT a FROM s;
        """);

    [Test]
    public Task LAM5114_behind_whole_variables_and_quotes() => Script("""
        CREATE SOURCE s (a BIGINT) WITH (connector = 'reader', topic = 'it''s ${A}-${B:-}-{|LAM5114:${C and ${D|}', port = 1, on_error = '{|LAM5114:${POLICY|}');
        CREATE SINK o WITH (connector = 'appender') AS SELECT a FROM s;
        """);

    [Test]
    public Task LAM5115_texts_with_variables_and_standard_output() => Verify.Of(""""
        [StreamPipeline("""
        CREATE SOURCE s (a BIGINT) WITH (connector = 'file', path = 'in.json');
        CREATE SINK o WITH (connector = 'file', format = 'json', path = {|LAM5116:'-'|}) AS SELECT a FROM s;
        CREATE SINK p2 WITH (connector = 'file', format = 'json', path = {|LAM5116:'-'|}) AS SELECT a FROM s;
        CREATE SINK q WITH (connector = 'file', format = 'json', path = '${OUT}/q') AS SELECT a FROM s;
        CREATE SINK r FROM s INTO FILE (format = 'json', path = {|LAM5115:'${OUT}/q/'|});
        CREATE SINK t WITH (connector = 'file', format = 'json', path = '${OUT}/t') AS SELECT a FROM s;
        """)] public static partial class P;
        """");

    private static Task Script(string sql) => new Verify($"[StreamPipeline(\"\"\"\n{sql}\n\"\"\")] public static partial class P;").Reference(Connectors).Run();

    private static MetadataReference Compile(string code)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Connectors", [CSharpSyntaxTree.ParseText(code)], Verify.Contract, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using MemoryStream image = new();
        Assert.That(compilation.Emit(image).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error), Is.Empty);
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
