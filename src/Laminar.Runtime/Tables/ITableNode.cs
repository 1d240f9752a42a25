using Laminar.Execution;
using Laminar.Runtime.Cores;
using Laminar.Runtime.Errors;
using Microsoft.Extensions.Logging;

namespace Laminar.Runtime.Tables;

/// <summary>A reference table without its row type.</summary>
internal interface ITableNode
{
    /// <summary>The SQL name.</summary>
    string Name { get; }

    /// <summary>Rows in it now. Any thread.</summary>
    int Rows { get; }

    /// <summary>Rows of its connector that were skipped. Any thread.</summary>
    long ErrorRows { get; }

    /// <summary>What saves it, on its core; null where a connector reads it anew at each start.</summary>
    TableTask? Place(Core core);

    /// <summary>After what was saved has come back and before the first row of a source: the rows of its connector, then what was written before the start.</summary>
    /// <exception cref="LaminarException">The connector can't be read, or a row of it not be decoded.</exception>
    void Open(DeadLetterFiles deadLetters, ILoggerFactory loggers, CancellationToken stopping);
}
