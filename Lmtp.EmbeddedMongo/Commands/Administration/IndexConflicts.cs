using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Index;
using Lmtp.EmbeddedMongo.Query.Raw;
using Lmtp.EmbeddedMongo.Query.Values;

namespace Lmtp.EmbeddedMongo.Commands.Administration;

/// <summary>Compares an index that a client asks for with those that are there.</summary>
internal static class IndexConflicts
{
    /// <summary>Whether the index is there already.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="requested">The index that is asked for.</param>
    /// <returns>True when nothing has to be done.</returns>
    /// <exception cref="CommandException">An index of that name or key differs.</exception>
    public static bool Exists(Collection collection, IndexDefinition requested) =>
        collection.Indexes.Any(index => IsSame(index.Definition, requested));

    private static bool IsSame(IndexDefinition existing, IndexDefinition requested)
    {
        var isSameKey = IsEqual(existing.KeyPattern, requested.KeyPattern);
        var isSame = isSameKey
            && IsEqual(existing.PartialFilter, requested.PartialFilter)
            && existing.IsSparse == requested.IsSparse
            && (existing.IsUnique == requested.IsUnique || existing.Name == IndexDefinition.IdIndexName)
            && existing.ExpireAfter == requested.ExpireAfter;
        if (isSameKey && existing.Name == IndexDefinition.IdIndexName)
        {
            return true;
        }

        if (existing.Name == requested.Name)
        {
            return isSame
                ? true
                : throw new CommandException(
                    isSameKey ? ErrorCode.IndexOptionsConflict : ErrorCode.IndexKeySpecsConflict,
                    "An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. "
                    + $"Requested index: {Show(requested)}, existing index: {Show(existing)}");
        }

        if (isSame)
        {
            throw new CommandException(ErrorCode.IndexOptionsConflict, $"Index already exists with a different name: {existing.Name}");
        }

        return existing.IsText && requested.IsText
            ? throw new CommandException(ErrorCode.CannotCreateIndex, "only one text index per collection allowed")
            : false;
    }

    private static bool IsEqual(ReadOnlyMemory<byte>? x, ReadOnlyMemory<byte>? y) =>
        x is { } left && y is { } right
            ? ValueOrder.Instance.Equals(RawDocument.Decode(left.Span), RawDocument.Decode(right.Span))
            : x is null && y is null;

    private static string Show(IndexDefinition index) => TypeNames.Show(RawDocument.Decode(index.Specification.Span));
}
