using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Sorting;

/// <summary>The direction of one sort key.</summary>
internal static class SortDirection
{
    /// <summary>Parses a direction.</summary>
    /// <param name="path">The path, for the error text.</param>
    /// <param name="value">The value as the client sent it.</param>
    /// <returns>1 for ascending, -1 for descending.</returns>
    /// <exception cref="CommandException">The value is neither 1 nor -1.</exception>
    public static int Parse(string path, BsonValue value)
    {
        if (!Numbers.IsNumber(value))
        {
            throw new CommandException(
                ErrorCode.BadValue,
                $"Illegal key in $sort specification: {path}: {TypeNames.Show(value)}");
        }

        return Numbers.ToDouble(value) switch
        {
            1 => 1,
            -1 => -1,
            _ => throw new CommandException(
                ErrorCode.BadValue,
                "$sort key ordering must be 1 (for ascending) or -1 (for descending)"),
        };
    }
}
