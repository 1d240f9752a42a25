using System;
using System.Collections.Generic;

namespace Laminar.Sql.Text;

/// <summary>
/// Finds what a misspelt name was meant to be: optimal string alignment distance (insert, delete, replace, swap of neighbours), letter case ignored.
/// </summary>
public static class NearestName
{
    /// <summary>The candidate nearest to <paramref name="name"/>, or null when none is near enough (1 edit up to 6 letters, 2 up to 10, then 3; none for 1 or 2 letters).</summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        int limit = name.Length <= 2 ? 0 : name.Length <= 6 ? 1 : name.Length <= 10 ? 2 : 3;
        string? best = null;
        int bestDistance = limit + 1;
        foreach (string candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) >= bestDistance)
            {
                continue;
            }

            int distance = Distance(name, candidate);
            if (distance < bestDistance)
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary>Edits between the two, ignoring case. Time and space O(n * m).</summary>
    public static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            cost[i, 0] = i;
        }

        for (int j = 0; j <= b.Length; j++)
        {
            cost[0, j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                int best = Math.Min(Math.Min(cost[i - 1, j] + 1, cost[i, j - 1] + 1), cost[i - 1, j - 1] + replace);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    best = Math.Min(best, cost[i - 2, j - 2] + 1);
                }

                cost[i, j] = best;
            }
        }

        return cost[a.Length, b.Length];
    }

    private static bool Same(char x, char y) => char.ToUpperInvariant(x) == char.ToUpperInvariant(y);
}
