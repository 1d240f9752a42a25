using System.Globalization;

namespace Laminar.EndToEnd.Tests;

/// <summary>Seeded input files for the file pipeline, the same in every run.</summary>
internal static class Inputs
{
    private const int Readings = 120_000;
    private const int Doors = 60_000;
    private const int AccountChanges = 40_000;

    public static void WriteFiles(string folder)
    {
        var random = new Random(20010101);
        using (StreamWriter readings = File.CreateText(Path.Combine(folder, "readings.jsonl")))
        {
            for (int i = 0; i < Readings; i++)
            {
                DateTime ts = DateTime.UnixEpoch.AddMilliseconds(1_000_000_000_000L + (i * 25L) - random.Next(1900));
                string room = random.Next(4) == 0 ? "null" : random.Next(5).ToString(CultureInfo.InvariantCulture);
                string celsius = (random.Next(-200, 400) / 10.0).ToString("R", CultureInfo.InvariantCulture);
                readings.Write($$"""{"sensor":"sensor-{{random.Next(40)}}","room":{{room}},"celsius":{{celsius}},"ts":"{{ts:yyyy-MM-ddTHH:mm:ss.fffZ}}"}""" + "\n");
            }
        }

        // Not all of them: some readings are of sensors that nobody knows.
        File.WriteAllLines(Path.Combine(folder, "sensors.csv"), ["name,floor,made", .. Enumerable.Range(0, 30).Select(i => $"sensor-{i},{i % 4},2001-0{1 + (i % 9)}-01")]);
        WriteAccounts(Path.Combine(folder, "accounts.jsonl"), random);
        using StreamWriter doors = File.CreateText(Path.Combine(folder, "doors.csv"));
        doors.Write("door,opened,ts\n");
        for (int i = 0; i < Doors; i++)
        {
            DateTime ts = DateTime.UnixEpoch.AddMilliseconds(1_000_000_000_000L + (i * 50L));
            doors.Write($"{random.Next(25)},{(random.Next(2) == 0 ? "true" : "false")},{ts:yyyy-MM-ddTHH:mm:ss.fffZ}\n");
        }
    }

    /// <summary>Changes of accounts as Debezium tells them.</summary>
    private static void WriteAccounts(string file, Random random)
    {
        using StreamWriter accounts = File.CreateText(file);
        var known = new Dictionary<int, string>();
        for (int i = 0; i < AccountChanges; i++)
        {
            int id = random.Next(300);
            string? before = known.GetValueOrDefault(id);
            string after = $$"""{"id":{{id}},"branch":"branch-{{(before is null || random.Next(4) == 0 ? random.Next(8) : id % 8)}}","balance":{{random.Next(1000)}}}""";
            if (before is not null && random.Next(5) == 0)
            {
                accounts.Write($$"""{"before":{{before}},"after":null,"op":"d"}""" + "\n");
                known.Remove(id);
                continue;
            }

            accounts.Write($$"""{"before":{{before ?? "null"}},"after":{{after}},"op":"{{(before is null ? 'c' : 'u')}}"}""" + "\n");
            known[id] = after;
        }
    }
}
