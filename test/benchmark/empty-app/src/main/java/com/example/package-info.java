/** An app of the CDK with one empty stack. */
@NullMarked
package com.example;

import org.jspecify.annotations.NullMarked;
