using Microsoft.AspNetCore.Http.HttpResults;

namespace Lmtp.Server.Api.Problems;

/// <summary>Collects what is wrong with a request, so that all of it can be told at once.</summary>
internal sealed class FieldErrors
{
    private readonly Dictionary<string, List<string>> _errors = [];

    public bool Any => _errors.Count > 0;

    public static ValidationProblem One(string field, string message)
    {
        var errors = new FieldErrors();
        errors.Add(field, message);
        return errors.ToProblem();
    }

    public void Add(string field, string message)
    {
        if (!_errors.TryGetValue(field, out var messages))
        {
            _errors[field] = messages = [];
        }

        messages.Add(message);
    }

    /// <summary>Takes over what is wrong with a part of the request.</summary>
    public void AddAll(string field, FieldErrors part)
    {
        foreach (var (name, messages) in part._errors)
        {
            messages.ForEach(message => Add($"{field}.{name}", message));
        }
    }

    public void Range(string field, long? value, long min, long max)
    {
        if (value < min || value > max)
        {
            Add(field, $"Must be between {min} and {max}.");
        }
    }

    /// <summary>Refuses texts of several lines that are too long or broken.</summary>
    public void Length(string field, string? value, int maxLength)
    {
        if (value is not null && value.Length > maxLength)
        {
            Add(field, $"At most {maxLength} characters.");
        }

        if (value is not null && (value.Contains('\0', StringComparison.Ordinal) || !IsWellFormed(value)))
        {
            Add(field, "NUL and broken surrogates are not allowed.");
        }
    }

    /// <summary>Refuses texts that are too long, and control characters, which no name or password has.</summary>
    public void Text(string field, string? value, int maxLength)
    {
        if (value is null)
        {
            return;
        }

        if (value.Length > maxLength)
        {
            Add(field, $"At most {maxLength} characters.");
        }

        if (value.Any(char.IsControl) || !IsWellFormed(value))
        {
            Add(field, "Control characters and broken surrogates are not allowed.");
        }
    }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> ToDictionary() =>
        _errors.ToDictionary(static pair => pair.Key, static pair => (IReadOnlyList<string>)pair.Value);

    public ValidationProblem ToProblem() => TypedResults.ValidationProblem(
        _errors.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()),
        detail: "The request has errors; see the fields.");

    private static bool IsWellFormed(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(value[i]))
            {
                return false;
            }
        }

        return true;
    }
}
