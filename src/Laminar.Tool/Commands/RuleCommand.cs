using System.CommandLine;
using System.Reflection;

namespace Laminar.Tool.Commands;

/// <summary><c>laminar rule</c>: the pages of the rules, which lie in the tool.</summary>
internal static class RuleCommand
{
    private static readonly Assembly Own = typeof(RuleCommand).Assembly;

    public static Command Create()
    {
        Argument<string?> id = new("id") { Description = "Such as LAM2003; without it all rules are listed.", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("rule", """
            Says what a rule is about, with an example of it and one without.

              laminar rule LAM2003
              laminar rule
            """)
        {
            id,
        };
        command.SetAction((parsed, _) => ExitCodes.Of(() => RuleAsync(parsed.GetValue(id))));
        return command;
    }

    private static async Task<int> RuleAsync(string? id)
    {
        if (id is not null)
        {
            await Console.Out.WriteLineAsync((Page(id.ToUpperInvariant() + ".md") ?? throw new LaminarException($"There is no rule {id}; laminar rule lists all.")).TrimEnd());
            return ExitCodes.Done;
        }

        foreach (string name in Own.GetManifestResourceNames().Where(n => n.StartsWith("LAM", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            await Console.Out.WriteLineAsync(Page(name)!.Split('\n')[0].TrimStart('#', ' ').TrimEnd());
        }

        return ExitCodes.Done;
    }

    private static string? Page(string name)
    {
        using Stream? page = Own.GetManifestResourceStream(name);
        if (page is null)
        {
            return null;
        }

        using var reader = new StreamReader(page);
        return reader.ReadToEnd();
    }
}
