using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>What came of adding an address.</summary>
/// <param name="Status">Whether it was added, else why not.</param>
/// <param name="Id">The new <c>addresses._id</c>; empty when nothing was added.</param>
public readonly record struct AddAddressResult(AddAddressStatus Status, ObjectId Id = default);
