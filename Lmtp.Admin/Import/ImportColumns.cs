namespace Lmtp.Admin.Import;

/// <summary>Which column of a file holds what, by the names of its header.</summary>
internal sealed class ImportColumns
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["username"] = "username",
        ["user"] = "username",
        ["login"] = "username",
        ["account"] = "username",
        ["password"] = "password",
        ["pass"] = "password",
        ["hashedpassword"] = "hashedPassword",
        ["passwordhashed"] = "hashedPassword",
        ["address"] = "address",
        ["email"] = "address",
        ["emailaddress"] = "address",
        ["mail"] = "address",
        ["name"] = "name",
        ["displayname"] = "name",
        ["fullname"] = "name",
        ["quota"] = "quota",
        ["language"] = "language",
        ["tags"] = "tags",
        ["retention"] = "retention",
        ["spamlevel"] = "spamLevel",
        ["receivedmax"] = "receivedMax",
        ["forwards"] = "forwards",
    };

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    private ImportColumns(IReadOnlyList<string> unknown) => Unknown = unknown;

    /// <summary>The columns that are read, as the API names them.</summary>
    public IReadOnlyCollection<string> Known => _places.Keys;

    /// <summary>The names of columns that are left out.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Reads the header.</summary>
    /// <exception cref="ImportException">There is no column of user names, or two columns hold the same.</exception>
    public static ImportColumns Read(IReadOnlyList<string> header)
    {
        var columns = new ImportColumns([.. header.Where(name => name.Length > 0 && !Names.ContainsKey(Key(name)))]);
        for (var place = 0; place < header.Count; place++)
        {
            if (Names.TryGetValue(Key(header[place]), out var name) && !columns._places.TryAdd(name, place))
            {
                throw new ImportException(FilledText.Of(Resources.Texts.CsvTwice, header[place]));
            }
        }

        return columns._places.ContainsKey("username") ? columns : throw new ImportException(Resources.Texts.CsvNoUsername);
    }

    /// <summary>A field of a record; null when it is empty or not there.</summary>
    public string? Value(CsvRecord record, string name) =>
        _places.TryGetValue(name, out var place) && place < record.Fields.Count && record.Fields[place].Length > 0
            ? record.Fields[place]
            : null;

    /// <summary>Letter case, blanks and signs of a header make no difference.</summary>
    private static string Key(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
