/** EC2: how many addresses a subnet has left. */
@NullMarked
package io.sparkgate.sandbox.ec2;

import org.jspecify.annotations.NullMarked;
