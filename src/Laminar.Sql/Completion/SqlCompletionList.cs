using System;
using System.Collections.Generic;
using Laminar.Sql.Text;

namespace Laminar.Sql.Completion;

/// <summary>What can stand at a place.</summary>
/// <param name="Replaces">The word at the place, which an item takes the place of; empty between words.</param>
/// <param name="Items">Not filtered by what is written of the word: editors do that, each in its way.</param>
public sealed record SqlCompletionList(TextSpan Replaces, IReadOnlyList<SqlCompletionItem> Items)
{
    public static SqlCompletionList Nothing(int position) => new(new TextSpan(position, 0), Array.Empty<SqlCompletionItem>());
}
