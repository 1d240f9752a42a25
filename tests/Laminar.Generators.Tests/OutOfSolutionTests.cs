using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests;

/// <summary>
/// A project outside the solution, as a user has it: project references to the libraries and one analyzer reference to the generator. It is
/// built with the real SDK and compiler in a child process, and run.
/// </summary>
public sealed class OutOfSolutionTests
{
    private const string Program = """
        using System;
        using System.IO;
        using System.Threading.Tasks;
        using Laminar;

        namespace Shop;

        [StreamSource("trades", Watermark = "ts - INTERVAL '5' SECOND")]
        public readonly partial record struct Trade(string Symbol, double Price, long Volume, DateTime Ts);

        [StreamQuery(File = "queries/vwap.sql")]
        public sealed partial class Vwap;

        [StreamPipeline(File = "queries/cars.sql")]
        public static partial class CarPipeline;

        public static class Program
        {
            public static async Task Main()
            {
                var t = new DateTime(2024, 1, 1, 0, 0, 30, DateTimeKind.Utc);
                using (var vwap = Vwap.Create((Vwap.Row row) => Console.WriteLine($"{row.Symbol} {row.Trades}")))
                {
                    vwap.Push(new Trade("A", 10, 1, t));
                    vwap.Push(new Trade("A", 20, 3, t));
                    vwap.Complete();
                }

                File.WriteAllText("cars.jsonl", "{\"car_id\":1,\"speed\":120.5,\"ts\":\"2024-01-01T00:00:30Z\"}\n{\"car_id\":1,\"speed\":130,\"ts\":\"2024-01-01T00:00:40Z\"}\n{\"car_id\":2,\"speed\":90,\"ts\":\"2024-01-01T00:00:41Z\"}\n");
                var options = new LaminarOptions { Cores = 1 };
                options.Variables["CARS_FILE"] = "cars.jsonl";
                options.Variables["OUT_FILE"] = "fast.jsonl";
                await CarPipeline.RunAsync(options);
                Console.Write(File.ReadAllText("fast.jsonl"));
            }
        }
        """;

    [Test]
    public void BuildsAndRunsWithOneAnalyzerReference()
    {
        string folder = Path.Combine(Path.GetTempPath(), "laminar-outside-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Path.Combine(folder, "queries"));
        try
        {
            string root = Checkout.Root;
            File.WriteAllText(Path.Combine(folder, "Program.cs"), Program);
            File.WriteAllText(Path.Combine(folder, "queries", "vwap.sql"), "SELECT symbol, COUNT(*) AS trades, window_end FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)");
            File.WriteAllText(Path.Combine(folder, "queries", "cars.sql"), """
                CREATE SOURCE cars (car_id BIGINT NOT NULL, speed DOUBLE, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
                    WITH (connector = 'file', format = 'json', path = '${CARS_FILE}');
                CREATE STREAM fast AS SELECT car_id, COUNT(*) AS n, window_end FROM cars WHERE speed > 100 GROUP BY car_id, TUMBLE(ts, INTERVAL '1' MINUTE);
                CREATE SINK fast_file WITH (connector = 'file', format = 'json', path = '${OUT_FILE}') AS SELECT * FROM fast;
                """);
            File.WriteAllText(Path.Combine(folder, "Outside.csproj"), $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                    <Nullable>enable</Nullable>
                    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                  </PropertyGroup>
                  <ItemGroup>
                    <AdditionalFiles Include="queries/*.sql" />
                    <ProjectReference Include="{root}/src/Laminar/Laminar.csproj" />
                    <ProjectReference Include="{root}/src/Laminar.Runtime/Laminar.Runtime.csproj" />
                    <ProjectReference Include="{root}/src/Laminar.Connectors.Files/Laminar.Connectors.Files.csproj" />
                    <ProjectReference Include="{root}/generators/Laminar.Generators/Laminar.Generators.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />
                  </ItemGroup>
                </Project>
                """);

            (int built, string buildOutput) = Dotnet.Build(folder);
            Assert.That(built, Is.Zero, buildOutput);
            (int ran, string output) = Dotnet.RunBuilt(folder);
            Assert.That(ran, Is.Zero, output);
            Assert.That(output.ReplaceLineEndings("\n"), Is.EqualTo("A 2\n{\"car_id\":1,\"n\":2,\"window_end\":\"2024-01-01T00:01:00Z\"}\n"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
