using System.CommandLine;
using System.CommandLine.Help;
using Laminar.Tool.Commands;

// A RootCommand is called like the file that is loaded; this is called as people type it.
Command root = new("laminar", """
    Streaming SQL at the command line.

      laminar query "SELECT symbol, SUM(volume) AS volume FROM trades GROUP BY symbol" trades.csv
      laminar run pipeline.sql --var IN=cars.jsonl
      laminar run pipeline.sql --compile
      laminar check queries/*.sql
      laminar explain pipeline.sql --format mermaid
      laminar test tests/sqllogictest/
      laminar rule LAM3011
      laminar new cars
    """)
{
    QueryCommand.Create(), RunCommand.Create(), CheckCommand.Create(), ExplainCommand.Create(), TestCommand.Create(), RuleCommand.Create(), NewCommand.Create(),
};
root.Options.Add(new HelpOption());
root.Options.Add(new VersionOption());

// Ctrl-C lets a run commit what it has read.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
