namespace MongoDB.Driver;

/// <summary>Appends to a definition.</summary>
public static class SortDefinitionExtensions
{
    /// <summary>Rising.</summary>
    public static SortDefinition<TDocument> Ascending<TDocument>(this SortDefinition<TDocument> sort, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.Sort.Combine(sort, Builders<TDocument>.Sort.Ascending(field));

    /// <summary>Falling.</summary>
    public static SortDefinition<TDocument> Descending<TDocument>(this SortDefinition<TDocument> sort, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.Sort.Combine(sort, Builders<TDocument>.Sort.Descending(field));

    /// <summary>By the score of a text search.</summary>
    public static SortDefinition<TDocument> MetaTextScore<TDocument>(this SortDefinition<TDocument> sort, string field) =>
        Builders<TDocument>.Sort.Combine(sort, Builders<TDocument>.Sort.MetaTextScore(field));
}
