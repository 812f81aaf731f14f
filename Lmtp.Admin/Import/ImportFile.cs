using System.Globalization;
using System.Text;
using Lmtp.Contracts;

namespace Lmtp.Admin.Import;

/// <summary>Users as a CSV file names them.</summary>
/// <param name="Columns">The columns of the file.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record ImportFile(ImportColumns Columns, IReadOnlyList<ImportRow> Rows)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly char[] TagSeparators = ['|', ';', ','];

    private static readonly Dictionary<string, long> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        [string.Empty] = 1,
        ["B"] = 1,
        ["K"] = 1L << 10,
        ["KB"] = 1L << 10,
        ["KiB"] = 1L << 10,
        ["M"] = 1L << 20,
        ["MB"] = 1L << 20,
        ["MiB"] = 1L << 20,
        ["G"] = 1L << 30,
        ["GB"] = 1L << 30,
        ["GiB"] = 1L << 30,
        ["T"] = 1L << 40,
        ["TB"] = 1L << 40,
        ["TiB"] = 1L << 40,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="ImportException">It is too large, no CSV, or has no users.</exception>
    public static ImportFile Read(ReadOnlySpan<byte> bytes, ImportOptions options)
    {
        if (bytes.Length > options.MaxBytes)
        {
            throw TooLarge(options);
        }

        var records = CsvReader.Read(Decode(bytes)).Take(options.MaxRows + 2).ToList();
        if (records.Count == 0)
        {
            throw new ImportException(Resources.Texts.CsvEmpty);
        }

        if (records.Count - 1 > options.MaxRows)
        {
            throw new ImportException(FilledText.Of(Resources.Texts.CsvTooManyRows, Resources.CountedText.Of("CountUsers", options.MaxRows)));
        }

        var columns = ImportColumns.Read(records[0].Fields);
        var rows = records.Skip(1).Select(record => ToRow(columns, record)).ToList();
        MarkRepeated(rows);
        return rows.Count == 0 ? throw new ImportException(Resources.Texts.CsvEmpty) : new ImportFile(columns, rows);
    }

    /// <summary>What a file beyond the limit is refused with.</summary>
    public static ImportException TooLarge(ImportOptions options) => new(
        FilledText.Of(Resources.Texts.CsvTooLarge, Components.Parts.ByteSize.Format(options.MaxBytes)));

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        var content = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        try
        {
            return Utf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            throw new ImportException(Resources.Texts.CsvNotUtf8);
        }
    }

    private static ImportRow ToRow(ImportColumns columns, CsvRecord record)
    {
        List<string> faults = [];
        var request = new CreateUserRequest
        {
            Username = Text("username") ?? string.Empty,
            Password = Text("password"),
            HashedPassword = Text("hashedPassword")?.ToLowerInvariant() is "1" or "true" or "yes",
            Address = Text("address"),
            Name = Text("name"),
            Language = Text("language"),
            Tags = Text("tags")?.Split(TagSeparators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Quota = Size("quota"),
            Retention = Number("retention") ?? 0,
            SpamLevel = Number("spamLevel") is { } level ? (int)Math.Clamp(level, int.MinValue, int.MaxValue) : null,
            ReceivedMax = Number("receivedMax") ?? 0,
            Forwards = Number("forwards") ?? 0,
        };
        if (request.Username.Length == 0)
        {
            faults.Add(Resources.Texts.CsvUsernameMissing);
        }

        return new ImportRow(record.Line, request, faults);

        string? Text(string name) => columns.Value(record, name);

        long? Number(string name)
        {
            if (Text(name) is not { } text)
            {
                return null;
            }

            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            faults.Add(FilledText.Of(Resources.Texts.CsvNoNumber, name, text));
            return null;
        }

        long Size(string name)
        {
            if (Text(name) is not { } text)
            {
                return 0;
            }

            var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
            if (Units.TryGetValue(text[digits..].Trim(), out var unit)
                && decimal.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number <= (decimal)long.MaxValue / unit)
            {
                return (long)(number * unit);
            }

            faults.Add(FilledText.Of(Resources.Texts.CsvNoSize, name, text));
            return 0;
        }
    }

    /// <summary>The server would refuse the second of them; whoever made the file wants to know it before.</summary>
    private static void MarkRepeated(List<ImportRow> rows)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in rows.Where(row => row.Status == ImportStatus.Unchecked))
        {
            var name = row.Request.Username.ToLowerInvariant();
            var at = name.IndexOf('@', StringComparison.Ordinal);
            var key = at < 0 ? name.Replace(".", string.Empty, StringComparison.Ordinal) : name[..at].Replace(".", string.Empty, StringComparison.Ordinal) + name[at..];
            if (!seen.TryAdd(key, row.Line))
            {
                row.Set(ImportStatus.Invalid, FilledText.Of(Resources.Texts.CsvRepeated, seen[key]));
            }
        }
    }
}
