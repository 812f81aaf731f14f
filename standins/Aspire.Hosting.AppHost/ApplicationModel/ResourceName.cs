namespace Aspire.Hosting.ApplicationModel;

/// <summary>The rule for names of resources and endpoints.</summary>
internal static class ResourceName
{
    private const int MaximumLength = 64;

    /// <exception cref="ArgumentException">The name breaks the rule; the message says which part of it.</exception>
    public static void Validate(string name, string kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var fault = Fault(name);
        if (fault is not null)
        {
            throw new ArgumentException($"{kind} name '{name}' is invalid. {fault}", nameof(name));
        }
    }

    private static string? Fault(string name)
    {
        if (name.Length > MaximumLength)
        {
            return $"Name must be between 1 and {MaximumLength} characters long.";
        }

        if (!char.IsAsciiLetter(name[0]))
        {
            return "Name must start with an ASCII letter.";
        }

        if (name.Any(character => !char.IsAsciiLetterOrDigit(character) && character != '-'))
        {
            return "Name must contain only ASCII letters, digits, and hyphens.";
        }

        if (name.EndsWith('-'))
        {
            return "Name cannot end with a hyphen.";
        }

        return name.Contains("--", StringComparison.Ordinal) ? "Name cannot contain consecutive hyphens." : null;
    }
}
