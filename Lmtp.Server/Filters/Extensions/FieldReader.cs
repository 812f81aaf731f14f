namespace Lmtp.Server.Filters.Extensions;

/// <summary>
/// Reads the fields of one document of a filter's extension, and notes each one that is missing, of a wrong kind, out of
/// range or unknown: a misspelled condition must not become none.
/// </summary>
/// <param name="path">Where the document stands; empty for the outermost.</param>
/// <param name="fields">Its fields: null, bool, number, string, list or another document.</param>
/// <param name="faults">Takes what is wrong.</param>
internal sealed class FieldReader(string path, IReadOnlyDictionary<string, object?> fields, List<FilterFault> faults)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The names of all fields, in order.</summary>
    public IEnumerable<string> Names => fields.Keys;

    public bool Has(string name) => Get(name) is not null;

    public string? Text(string name, int maxLength) => Get(name) switch
    {
        null => null,
        string { Length: 0 } => Fail<string>(name, "must not be empty"),
        string text when text.Length > maxLength => Fail<string>(name, $"must have at most {maxLength} characters"),
        string text => text,
        _ => Fail<string>(name, "must be a text"),
    };

    public string? RequiredText(string name, int maxLength)
    {
        if (Has(name))
        {
            return Text(name, maxLength);
        }

        return Fail<string>(name, "is required");
    }

    public bool? Flag(string name) => Get(name) switch
    {
        null => null,
        bool flag => flag,
        _ => FailValue<bool>(name, "must be true or false"),
    };

    public double? Number(string name, double min, double max) => ToNumber(Get(name)) switch
    {
        null when !Has(name) => null,
        { } number when number >= min && number <= max => number,
        _ => FailValue<double>(name, FormattableString.Invariant($"must be a number from {min} to {max}")),
    };

    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (!Has(name))
        {
            return null;
        }

        return Get(name) is string text && ChoiceNames<T>.Find(text) is { } value
            ? value
            : FailValue<T>(name, $"must be one of {string.Join(", ", ChoiceNames<T>.All)}");
    }

    public FieldReader? Document(string name) => Get(name) switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> document => new FieldReader(At(name), document, faults),
        _ => Fail<FieldReader>(name, "must be a document"),
    };

    public List<FieldReader> Documents(string name, int maxCount)
    {
        var documents = new List<FieldReader>();
        foreach (var (element, index) in List(name, maxCount))
        {
            if (element is IReadOnlyDictionary<string, object?> document)
            {
                documents.Add(new FieldReader($"{At(name)}[{index}]", document, faults));
            }
            else
            {
                Fail($"{name}[{index}]", "must be a document");
            }
        }

        return documents;
    }

    /// <summary>The texts of a list; each is given to <paramref name="check"/>, which says what is wrong with it.</summary>
    public List<string> Texts(string name, int maxCount, Func<string, string?> check)
    {
        var texts = new List<string>();
        foreach (var (element, index) in List(name, maxCount))
        {
            if (element is not string text)
            {
                Fail($"{name}[{index}]", "must be a text");
            }
            else if (check(text) is { } fault)
            {
                Fail($"{name}[{index}]", fault);
            }
            else
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    public void Fail(string name, string message) => faults.Add(new FilterFault(At(name), message));

    /// <summary>Notes the fields that nobody asked for.</summary>
    public void End()
    {
        foreach (var name in fields.Keys.Where(name => !_known.Contains(name)))
        {
            Fail(name, "is not known here");
        }
    }

    private static double? ToNumber(object? value) => value switch
    {
        int number => number,
        long number => number,
        double number when double.IsFinite(number) => number,
        _ => null,
    };

    private string At(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private object? Get(string name)
    {
        _known.Add(name);
        return fields.GetValueOrDefault(name);
    }

    private IEnumerable<(object? Element, int Index)> List(string name, int maxCount)
    {
        switch (Get(name))
        {
            case null:
                return [];
            case IReadOnlyList<object?> list when list.Count <= maxCount:
                return list.Select((element, index) => (element, index));
            case IReadOnlyList<object?>:
                Fail(name, $"must have at most {maxCount} entries");
                return [];
            default:
                Fail(name, "must be a list");
                return [];
        }
    }

    private T? Fail<T>(string name, string message)
        where T : class
    {
        Fail(name, message);
        return null;
    }

    private T? FailValue<T>(string name, string message)
        where T : struct
    {
        Fail(name, message);
        return null;
    }
}
