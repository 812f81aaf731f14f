namespace Lmtp.Admin.Import;

/// <summary>A record of a CSV file.</summary>
/// <param name="Line">The line that it begins at, from 1.</param>
/// <param name="Fields">Its fields, without quotes.</param>
internal readonly record struct CsvRecord(int Line, IReadOnlyList<string> Fields);
