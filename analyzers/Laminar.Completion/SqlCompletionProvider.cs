using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Laminar.Sql.Completion;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Options;
using Microsoft.CodeAnalysis.Tags;
using Microsoft.CodeAnalysis.Text;

namespace Laminar.Completion;

/// <summary>Offers tables, columns, functions and keywords while SQL is written in an attribute.</summary>
[ExportCompletionProvider(nameof(SqlCompletionProvider), LanguageNames.CSharp)]
[Shared]
public sealed class SqlCompletionProvider : CompletionProvider
{
    private const string Insertion = "Insertion";

    /// <summary>Letters, the dot behind a table, and the space behind a keyword.</summary>
    public override bool ShouldTriggerCompletion(SourceText text, int caretPosition, CompletionTrigger trigger, OptionSet options) =>
        trigger.Kind is CompletionTriggerKind.Invoke or CompletionTriggerKind.InvokeAndCommitIfUnique
        || (trigger.Kind == CompletionTriggerKind.Insertion && (char.IsLetter(trigger.Character) || trigger.Character is '.' or '_' or ' ' or '('));

    public override async Task ProvideCompletionsAsync(CompletionContext context)
    {
        if (await SqlCompletionContext.At(context.Document, context.Position, context.CancellationToken).ConfigureAwait(false) is not { } found)
        {
            return;
        }

        context.CompletionListSpan = found.Replaces;
        context.IsExclusive = true;
        foreach ((SqlCompletionItem item, string written) in found.Items)
        {
            context.AddItem(ItemOf(item, written));
        }
    }

    public override Task<CompletionChange> GetChangeAsync(Document document, CompletionItem item, char? commitKey, CancellationToken cancellationToken) =>
        Task.FromResult(CompletionChange.Create(new TextChange(item.Span, item.Properties.TryGetValue(Insertion, out string? written) ? written : item.DisplayText)));

    internal static CompletionItem ItemOf(SqlCompletionItem item, string written) => CompletionItem.Create(
        item.Text.Trim('"'),
        sortText: ((int)item.Kind).ToString("D2", System.Globalization.CultureInfo.InvariantCulture) + item.Text,
        properties: ImmutableDictionary<string, string>.Empty.Add(Insertion, written),
        tags: ImmutableArray.Create(TagOf(item.Kind)),
        inlineDescription: item.Detail);

    private static string TagOf(SqlCompletionKind kind) => kind switch
    {
        SqlCompletionKind.Column => WellKnownTags.Field,
        SqlCompletionKind.Relation => WellKnownTags.Class,
        SqlCompletionKind.Qualifier => WellKnownTags.Local,
        SqlCompletionKind.Function or SqlCompletionKind.Aggregate or SqlCompletionKind.Window => WellKnownTags.Method,
        SqlCompletionKind.Type => WellKnownTags.Structure,
        _ => WellKnownTags.Keyword,
    };
}
