package io.sparkgate.naive;

/**
 * What the function is told in the environment variable {@code REAPER}, as JSON.
 *
 * @param idleMinutes after how much idleness a session ends
 */
record Settings(int idleMinutes) {}
