using Lmtp.EmbeddedMongo.Commands;

namespace Lmtp.EmbeddedMongo.Query.Updates;

/// <summary>The dotted paths of update operators.</summary>
internal static class UpdatePath
{
    /// <summary>Splits a path.</summary>
    /// <param name="path">The dotted path.</param>
    /// <returns>Its parts.</returns>
    /// <exception cref="CommandException">A part is empty or begins with a dollar sign and is no placeholder.</exception>
    public static string[] Parse(string path)
    {
        if (path.Length == 0)
        {
            throw new CommandException(ErrorCode.EmptyFieldName, "An empty update path is not valid.");
        }

        var parts = path.Split('.');
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length == 0)
            {
                throw new CommandException(
                    ErrorCode.EmptyFieldName,
                    $"The update path '{path}' contains an empty field name, which is not allowed.");
            }

            if (i == 0 && IsPlaceholder(parts[i]))
            {
                throw new CommandException(
                    ErrorCode.BadValue,
                    parts[i] == "$"
                        ? $"Cannot have positional (i.e. '$') element in the first position in path '{path}'"
                        : $"Cannot have array filter identifier (i.e. '$[<id>]') element in the first position in path '{path}'");
            }
        }

        return parts;
    }

    /// <summary>Whether a part stands for array elements: <c>$</c>, <c>$[]</c> or <c>$[identifier]</c>.</summary>
    /// <param name="part">The part.</param>
    /// <returns>True for a placeholder.</returns>
    public static bool IsPlaceholder(string part) =>
        part == "$" || (part.StartsWith("$[", StringComparison.Ordinal) && part.EndsWith(']'));

    /// <summary>The order in which MongoDB applies operators: by name, array indexes by number.</summary>
    /// <param name="x">The parts of a path.</param>
    /// <param name="y">The parts of another path.</param>
    /// <returns>Negative, zero or positive.</returns>
    public static int Compare(string[] x, string[] y)
    {
        for (var i = 0; i < Math.Min(x.Length, y.Length); i++)
        {
            var order = PathEditor.TryIndex(x[i], out var a) && PathEditor.TryIndex(y[i], out var b)
                ? a.CompareTo(b)
                : string.CompareOrdinal(x[i], y[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return x.Length.CompareTo(y.Length);
    }
}
