using System.CommandLine;
using Laminar.Tool.Commands;

RootCommand root = new("""
    Streaming SQL at the command line.

      laminar query "SELECT symbol, SUM(volume) AS volume FROM trades GROUP BY symbol" trades.csv
      laminar run pipeline.sql --var IN=cars.jsonl
      laminar check queries/*.sql
      laminar explain pipeline.sql --format mermaid
      laminar test tests/sqllogictest/
      laminar new cars
    """)
{
    QueryCommand.Create(), RunCommand.Create(), CheckCommand.Create(), ExplainCommand.Create(), TestCommand.Create(), NewCommand.Create(),
};
// Ctrl-C lets a run commit what it has read.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
