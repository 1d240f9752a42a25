using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Laminar.Tool.Commands;

/// <summary><c>laminar new</c>: a project whose pipeline is compiled at build.</summary>
internal static partial class NewCommand
{
    private const string Sql = """
        -- Every word here is checked while you type and when the project is built.
        CREATE SOURCE cars (car_id BIGINT NOT NULL, speed DOUBLE, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
            WITH (connector = 'file', format = 'json', path = '${CARS_FILE:-cars.jsonl}');

        CREATE STREAM fast AS
            SELECT car_id, COUNT(*) AS n, MAX(speed) AS top_speed, window_end
            FROM cars
            WHERE speed > 100
            GROUP BY car_id, TUMBLE(ts, INTERVAL '1' MINUTE);

        CREATE SINK fast_file WITH (connector = 'file', format = 'json', path = '${OUT_FILE:--}') AS SELECT * FROM fast;

        """;

    private const string Cars = """
        {"car_id":1,"speed":120.5,"ts":"2024-01-01T08:00:01Z"}
        {"car_id":2,"speed":80,"ts":"2024-01-01T08:00:02Z"}
        {"car_id":1,"speed":131,"ts":"2024-01-01T08:00:31Z"}
        {"car_id":2,"speed":101,"ts":"2024-01-01T08:01:30Z"}

        """;

    public static Command Create()
    {
        Argument<string> name = new("name") { Description = "The project's name, and its folder's." };
        Command command = new("new", """
            Makes a folder with a C# project, a pipeline in SQL that is compiled when the project is built, and some rows.

              laminar new cars && cd cars && dotnet run
            """)
        {
            name,
        };
        command.SetAction((parsed, _) => ExitCodes.Of(() => NewAsync(parsed.GetValue(name)!)));
        return command;
    }

    private static async Task<int> NewAsync(string name)
    {
        string type = string.Concat(Word().Matches(Path.GetFileName(name)).Select(w => char.ToUpperInvariant(w.Value[0]) + w.Value[1..]));
        if (type.Length == 0 || char.IsAsciiDigit(type[0]))
        {
            throw new LaminarException($"'{name}' makes no name for a class; begin with a letter.");
        }

        if (Directory.Exists(name) && Directory.EnumerateFileSystemEntries(name).Any())
        {
            throw new LaminarException($"There is a folder {name} already, and something in it.");
        }

        Directory.CreateDirectory(name);
        await File.WriteAllTextAsync(Path.Combine(name, "pipeline.sql"), Sql);
        await File.WriteAllTextAsync(Path.Combine(name, "cars.jsonl"), Cars);
        await File.WriteAllTextAsync(Path.Combine(name, Path.GetFileName(name) + ".csproj"), Project());
        await File.WriteAllTextAsync(Path.Combine(name, "Program.cs"), $$"""
            using Laminar;

            await {{type}}Pipeline.RunAsync();

            [StreamPipeline(File = "pipeline.sql")]
            public static partial class {{type}}Pipeline;

            """);
        await Console.Out.WriteLineAsync($"""
            {name}/pipeline.sql   the SQL
            {name}/cars.jsonl     some rows
            Run it compiled:      cd {name} && dotnet run
            Or as it is:          cd {name} && laminar run pipeline.sql
            """);
        return ExitCodes.Done;
    }

    private static string Project() => $"""
        <Project Sdk="Microsoft.NET.Sdk">

          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>

          <ItemGroup>
            <PackageReference Include="Laminar.Generators" Version="{typeof(NewCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}" />
          </ItemGroup>

        </Project>

        """;

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Word();
}
