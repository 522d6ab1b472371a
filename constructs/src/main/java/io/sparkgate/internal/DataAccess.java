package io.sparkgate.internal;

/** How much of some data one may; each includes those before it. */
public enum DataAccess {
  /** Finds and reads. */
  READ,
  /** Makes tables and changes what is in them. */
  WRITE,
  /** Drops tables, and makes and drops what they are in. */
  ADMIN;

  /** Whether who may this may the other too. */
  public boolean includes(DataAccess other) {
    return compareTo(other) >= 0;
  }
}
