namespace Laminar;

/// <summary>How rows look in a file.</summary>
public enum FileFormat
{
    /// <summary>By the file's extension: json, jsonl, ndjson; csv, tsv (tab-separated); arrow, arrows, ipc, feather. Anything else must be said.</summary>
    Auto,

    /// <summary>JSON Lines; as input also one top-level array.</summary>
    Json,

    /// <summary>RFC 4180.</summary>
    Csv,

    /// <summary>Arrow IPC; as input the file and the stream form are told apart by themselves.</summary>
    Arrow,

    /// <summary>Changes as Debezium writes them, one JSON object a line; as input of sources of changes only.</summary>
    DebeziumJson,
}
