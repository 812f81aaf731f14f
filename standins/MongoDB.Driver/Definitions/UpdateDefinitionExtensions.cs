namespace MongoDB.Driver;

/// <summary>Appends a change to changes.</summary>
public static class UpdateDefinitionExtensions
{
    /// <summary>Adds to a number.</summary>
    public static UpdateDefinition<TDocument> Inc<TDocument, TField>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument, TField> field, TField value) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.Inc(field, value));

    /// <summary>Raises to at least the value.</summary>
    public static UpdateDefinition<TDocument> Max<TDocument, TField>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument, TField> field, TField value) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.Max(field, value));

    /// <summary>Lowers to at most the value.</summary>
    public static UpdateDefinition<TDocument> Min<TDocument, TField>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument, TField> field, TField value) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.Min(field, value));

    /// <summary>Multiplies a number.</summary>
    public static UpdateDefinition<TDocument> Mul<TDocument, TField>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument, TField> field, TField value) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.Mul(field, value));

    /// <summary>Sets a field.</summary>
    public static UpdateDefinition<TDocument> Set<TDocument, TField>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument, TField> field, TField value) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.Set(field, value));

    /// <summary>Sets a field of a document that an upsert inserts.</summary>
    public static UpdateDefinition<TDocument> SetOnInsert<TDocument, TField>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument, TField> field, TField value) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.SetOnInsert(field, value));

    /// <summary>Combines bits.</summary>
    public static UpdateDefinition<TDocument> BitwiseAnd<TDocument, TField>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument, TField> field, TField value) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.BitwiseAnd(field, value));

    /// <summary>Combines bits.</summary>
    public static UpdateDefinition<TDocument> BitwiseOr<TDocument, TField>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument, TField> field, TField value) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.BitwiseOr(field, value));

    /// <summary>Combines bits.</summary>
    public static UpdateDefinition<TDocument> BitwiseXor<TDocument, TField>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument, TField> field, TField value) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.BitwiseXor(field, value));

    /// <summary>Adds a value that the array lacks.</summary>
    public static UpdateDefinition<TDocument> AddToSet<TDocument, TItem>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument> field, TItem value) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.AddToSet(field, value));

    /// <summary>Adds the values that the array lacks.</summary>
    public static UpdateDefinition<TDocument> AddToSetEach<TDocument, TItem>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument> field, IEnumerable<TItem> values) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.AddToSetEach(field, values));

    /// <summary>Sets a field to the time of the server.</summary>
    public static UpdateDefinition<TDocument> CurrentDate<TDocument>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument> field, UpdateDefinitionCurrentDateType? type = null) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.CurrentDate(field, type));

    /// <summary>Removes the first element of an array.</summary>
    public static UpdateDefinition<TDocument> PopFirst<TDocument>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.PopFirst(field));

    /// <summary>Removes the last element of an array.</summary>
    public static UpdateDefinition<TDocument> PopLast<TDocument>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.PopLast(field));

    /// <summary>Removes a value from an array.</summary>
    public static UpdateDefinition<TDocument> Pull<TDocument, TItem>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument> field, TItem value) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.Pull(field, value));

    /// <summary>Removes values from an array.</summary>
    public static UpdateDefinition<TDocument> PullAll<TDocument, TItem>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument> field, IEnumerable<TItem> values) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.PullAll(field, values));

    /// <summary>Removes the elements that fulfil the conditions.</summary>
    public static UpdateDefinition<TDocument> PullFilter<TDocument, TItem>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument> field, FilterDefinition<TItem> filter) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.PullFilter(field, filter));

    /// <summary>Appends a value to an array.</summary>
    public static UpdateDefinition<TDocument> Push<TDocument, TItem>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument> field, TItem value) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.Push(field, value));

    /// <summary>Appends values to an array.</summary>
    public static UpdateDefinition<TDocument> PushEach<TDocument, TItem>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument> field, IEnumerable<TItem> values, int? slice = null, int? position = null, SortDefinition<TItem> sort = null) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.PushEach(field, values, slice, position, sort));

    /// <summary>Renames a field.</summary>
    public static UpdateDefinition<TDocument> Rename<TDocument>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument> field, string newName) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.Rename(field, newName));

    /// <summary>Removes a field.</summary>
    public static UpdateDefinition<TDocument> Unset<TDocument>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.Update.Combine(update, Builders<TDocument>.Update.Unset(field));
}
