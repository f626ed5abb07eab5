package dev.gyre.stream.http;

/**
 * Why a request did not get to the job, or got no answer from it.
 *
 * @param reason what is wrong, where, and what to do
 */
public record Problem(String reason) {}
