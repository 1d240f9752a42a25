using System.IO.Enumeration;

namespace Laminar.Connectors.Files.Reading;

/// <summary>Which files a path means.</summary>
internal static class FileNames
{
    /// <summary>The format by the first file's extension, where the path itself has none.</summary>
    public static FileFormat Sample(string path, FileFormat format)
    {
        if (format != FileFormat.Auto || !Directory.Exists(path) || Find(path) is not [string first, ..])
        {
            return format;
        }

        return FileChoice.Of(first, format, default, true, string.Empty).Format;
    }

    /// <summary>The files, in ordinal order.</summary>
    /// <exception cref="LaminarException">There are none.</exception>
    public static string[] Find(string path)
    {
        if (Directory.Exists(path))
        {
            return Matching(path, "*", path);
        }

        string name = Path.GetFileName(path);
        if (name.AsSpan().ContainsAny('*', '?'))
        {
            string folder = Path.GetDirectoryName(path) is { Length: > 0 } given ? given : ".";
            return Directory.Exists(folder) ? Matching(folder, name, path) : throw new LaminarException($"There is no folder {folder}.");
        }

        return File.Exists(path) ? [path] : throw new LaminarException($"There is no file {path}.");
    }

    private static string[] Matching(string folder, string pattern, string asked)
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(folder)
                .Where(file => Path.GetFileName(file) is var name && !name.StartsWith('.') && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))
                .Order(StringComparer.Ordinal),
        ];
        return files.Length > 0 ? files : throw new LaminarException($"No file matches {asked}.");
    }
}
