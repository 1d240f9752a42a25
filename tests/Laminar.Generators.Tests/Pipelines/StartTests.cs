using NUnit.Framework;

namespace Laminar.Generators.Tests.Pipelines;

/// <summary>Variables in options, and what is wrong with a pipeline when it starts.</summary>
public sealed class StartTests
{
    private const string Row = """{"id":7}""";

    [Test]
    public async Task Variables_stand_in_every_kind_of_option()
    {
        using var run = new PipelineRun("""
            CREATE SOURCE s (id BIGINT NOT NULL)
                WITH (connector = 'file', format = '${FORMAT:-csv}', path = '${DIR}/${NAME}', delimiter = '${DELIMITER:-;}', header = '${HEADER:-false}', null_text = '${NONE:-}',
                      idle_timeout = '${IDLE:-1.5h}', on_error = '${POLICY}', dead_letter_path = '${DIR}/dead/${NAME}.jsonl');
            CREATE SINK o FROM s INTO FILE (path = '${DIR}/a/b/${NAME}-${SUFFIX:-x}') FORMAT JSON;
            """);
        run.Write("in.txt", ["7", "seven"]);
        await run.RunAsync(o =>
        {
            o.Variables["NAME"] = "in.txt";
            o.Variables["POLICY"] = "dead_letter";
        });
        Assert.That(run.Lines("a/b/in.txt-x"), Is.EqualTo(new[] { Row }), "folders on the way are made");
        Assert.That(run.Lines("dead/in.txt.jsonl"), Has.Length.EqualTo(1).And.All.Contains("seven"));
    }

    [TestCase("NAME", "SOURCE s", "path")]
    [TestCase("POLICY", "SOURCE s", "on_error")]
    [TestCase("DEAD", "SOURCE s", "dead_letter_path")]
    [TestCase("OUT", "SINK o", "path")]
    [TestCase("HEADER", "SINK o", "header")]
    public void A_missing_variable_is_named_with_its_place(string missing, string statement, string key)
    {
        using var run = new PipelineRun("""
            CREATE SOURCE s (id BIGINT NOT NULL) WITH (connector = 'file', format = 'json', path = '${DIR}/${NAME}', on_error = '${POLICY}', dead_letter_path = '${DEAD}');
            CREATE SINK o WITH (connector = 'file', format = 'csv', path = '${OUT}', header = '${HEADER}') AS SELECT id FROM s;
            """);
        run.Write("in.txt", [Row]);
        LaminarException error = Assert.ThrowsAsync<LaminarException>(() => run.RunAsync(o =>
        {
            foreach (string name in new[] { "NAME", "POLICY", "DEAD", "OUT", "HEADER" }.Where(n => n != missing))
            {
                o.Variables[name] = name switch { "NAME" => "in.txt", "POLICY" => "skip", "HEADER" => "true", _ => run.Folder + "/" + name };
            }
        }))!;
        Assert.That(error.Message, Does.Contain(missing).And.Contain(statement).And.Contain(key));
    }

    [Test]
    public void A_value_of_a_wrong_kind_is_told_with_its_place()
    {
        using var run = new PipelineRun("""
            CREATE SOURCE s (id BIGINT NOT NULL) WITH (connector = 'file', format = 'json', path = '${DIR}/in', idle_timeout = '${IDLE}');
            CREATE SINK o WITH (connector = 'file', format = 'json', path = '${DIR}/out') AS SELECT id FROM s;
            """);
        LaminarException error = Assert.ThrowsAsync<LaminarException>(() => run.RunAsync(o => o.Variables["IDLE"] = "soon"))!;
        Assert.That(error.Message, Does.Contain("SOURCE s").And.Contain("idle_timeout").And.Contain("soon"));
    }

    [Test]
    public void Two_sinks_on_one_path_are_refused()
    {
        using var run = new PipelineRun("""
            CREATE SOURCE s (id BIGINT NOT NULL) WITH (connector = 'file', format = 'json', path = '${DIR}/in');
            CREATE SINK a WITH (connector = 'file', format = 'json', path = '${DIR}/out') AS SELECT id FROM s;
            CREATE SINK b WITH (connector = 'file', format = 'json', path = '${DIR}/./out') AS SELECT id FROM s;
            """);
        run.Write("in", [Row]);
        LaminarException error = Assert.ThrowsAsync<LaminarException>(() => run.RunAsync())!;
        Assert.That(error.Message, Does.Contain("Two sinks write to").And.Contain("out"));
    }

    [Test]
    public void A_file_that_is_not_there_is_named()
    {
        using var run = new PipelineRun("""
            CREATE SOURCE s (id BIGINT NOT NULL) WITH (connector = 'file', format = 'json', path = '${DIR}/nowhere/in');
            CREATE SINK o WITH (connector = 'file', format = 'json', path = '${DIR}/out') AS SELECT id FROM s;
            """);
        LaminarException error = Assert.ThrowsAsync<LaminarException>(() => run.RunAsync())!;
        Assert.That(error.Message, Does.Contain("nowhere/in"));
        Assert.That(File.Exists(Path.Combine(run.Folder, "out")), Is.False);
    }
}
