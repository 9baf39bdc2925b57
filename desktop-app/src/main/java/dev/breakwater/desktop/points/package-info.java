/// Recovery points to choose from: a timeline, the sentence that it speaks, and the questions that fetch them.
@NullMarked
package dev.breakwater.desktop.points;

import org.jspecify.annotations.NullMarked;
