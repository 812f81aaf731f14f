namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.UpdateDefinitionExtensions: one more change to an update.</summary>
public static class UpdateDefinitionExtensions
{
    public static UpdateDefinition<TDocument> AddToSet<TDocument, TItem>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument> field, TItem value) =>
        And(update, Builders<TDocument>.Update.AddToSet(field, value));

    public static UpdateDefinition<TDocument> Inc<TDocument, TField>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument, TField> field, TField value) =>
        And(update, Builders<TDocument>.Update.Inc(field, value));

    public static UpdateDefinition<TDocument> Max<TDocument, TField>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument, TField> field, TField value) =>
        And(update, Builders<TDocument>.Update.Max(field, value));

    public static UpdateDefinition<TDocument> Min<TDocument, TField>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument, TField> field, TField value) =>
        And(update, Builders<TDocument>.Update.Min(field, value));

    public static UpdateDefinition<TDocument> Pull<TDocument, TItem>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument> field, TItem value) =>
        And(update, Builders<TDocument>.Update.Pull(field, value));

    public static UpdateDefinition<TDocument> PullAll<TDocument, TItem>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument> field, IEnumerable<TItem> values) =>
        And(update, Builders<TDocument>.Update.PullAll(field, values));

    public static UpdateDefinition<TDocument> Push<TDocument, TItem>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument> field, TItem value) =>
        And(update, Builders<TDocument>.Update.Push(field, value));

    public static UpdateDefinition<TDocument> Set<TDocument, TField>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument, TField> field, TField value) =>
        And(update, Builders<TDocument>.Update.Set(field, value));

    public static UpdateDefinition<TDocument> SetOnInsert<TDocument, TField>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument, TField> field, TField value) =>
        And(update, Builders<TDocument>.Update.SetOnInsert(field, value));

    public static UpdateDefinition<TDocument> Unset<TDocument>(this UpdateDefinition<TDocument> update, FieldDefinition<TDocument> field) =>
        And(update, Builders<TDocument>.Update.Unset(field));

    private static UpdateDefinition<TDocument> And<TDocument>(UpdateDefinition<TDocument> first, UpdateDefinition<TDocument> second) =>
        Builders<TDocument>.Update.Combine(first, second);
}
